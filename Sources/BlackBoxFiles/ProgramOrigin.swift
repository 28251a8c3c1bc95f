internal import CChunkCoding

/// The commit that this program was built from.
public var programCommit: String { unsafe String(cString: pc_commit()) }
