#if !hasFeature(Embedded)
  internal import CLinux
  internal import ChipDrivers
  public import LinkMessages

  /// A client's end of the link: a blocking connection with a greeting behind it.
  public final class LinkClient {
    /// What the firmware said of itself.
    public private(set) var hello: LinkHello
    private let connection: Int32
    private var received: [UInt8] = []
    private var sequence: UInt64 = 0

    /// Connects and greets.
    public init(path: String, program: String) throws(LinkClientError) {
      let opened = unsafe path.withCString { unsafe pc_socket_connect($0) }
      guard opened >= 0 else { throw .unreachable(path: path, number: -opened) }
      connection = opened
      hello = LinkHello(program: .init(program))
      do throws(LinkClientError) {
        try send(.hello(LinkHello(program: .init(program))))
        switch try receive() {
        case .hello(let answer): hello = answer
        case .failure(_, let text): throw .ended(text)
        default: throw .ended("the firmware did not greet")
        }
      } catch {
        _ = pc_file_close(opened)
        throw error
      }
    }

    deinit { _ = pc_file_close(connection) }

    /// Sends a message; waits until the socket has taken it.
    public func send(_ message: ClientMessage) throws(LinkClientError) {
      let bytes: [UInt8]
      do throws(LinkError) { bytes = try message.framed() } catch { throw .tooLong }
      var sent = 0
      while sent < bytes.count {
        let rest = Array(bytes[sent...])
        let count = unsafe rest.withUnsafeBufferPointer { buffer -> Int64 in
          guard let base = buffer.baseAddress else { return -1 }
          return unsafe pc_socket_send(connection, base, UInt64(buffer.count))
        }
        guard count > 0 else { throw .ended("the firmware closed the connection") }
        sent += Int(count)
      }
    }

    /// The next message; waits for it.
    public func receive() throws(LinkClientError) -> ServerMessage {
      while true {
        if let message = try takeMessage() { return message }
        var room = [UInt8](repeating: 0, count: 65_536)
        let count = unsafe room.withUnsafeMutableBufferPointer { buffer -> Int64 in
          guard let base = buffer.baseAddress else { return -1 }
          return unsafe pc_socket_receive(connection, base, UInt64(buffer.count))
        }
        // A signal wakes the call; the caller's loop decides whether it was meant to end.
        if count == -4 { throw .interrupted }
        guard count > 0 else { throw .ended("the firmware closed the connection") }
        received += room[..<Int(count)]
      }
    }

    /// The connection's descriptor, to wait on it.
    public var descriptor: Int32 { connection }

    /// A message that is already here, nothing when the socket must be asked.
    public func takeMessage() throws(LinkClientError) -> ServerMessage? {
      switch LengthPrefix.find(in: received.span, limit: LinkProtocol.longestReply) {
      case .incomplete: return nil
      case .oversized: throw .ended("the firmware sent a message that is too long")
      case .message(let prefix, let length):
        guard received.count >= prefix + length else { return nil }
        let bytes = Array(received[prefix..<prefix + length])
        received.removeFirst(prefix + length)
        do throws(LinkError) { return try ServerMessage(decoding: bytes) } catch {
          throw .ended("the firmware sent what is not a message")
        }
      }
    }

    /// Asks for a document and gives its messages to `take`.
    public func fetch(
      _ document: LinkDocument, _ take: (ServerMessage) -> Void
    ) throws(LinkClientError) {
      try send(.request(document))
      while true {
        let message = try receive()
        switch message {
        case .done(let kind, _) where kind == document: return
        case .failure(_, let text): throw .ended(text)
        default: take(message)
        }
      }
    }

    /// The board image that the firmware runs.
    public func image() throws(LinkClientError) -> BoardImage {
      var bytes: [UInt8] = []
      try fetch(.image) { if case .image(_, _, let part) = $0 { bytes += part } }
      do throws(BoardImageError) { return try BoardImage(decoding: bytes) } catch {
        throw .wrongImage(error)
      }
    }

    /// Asks for something and waits for the answer.
    public func command(
      _ make: (UInt64) -> LinkCommand
    ) throws(LinkClientError) -> (answer: LinkAnswer, text: String) {
      sequence += 1
      let command = make(sequence)
      try send(.command(command))
      while true {
        switch try receive() {
        case .answer(let answer, let text) where answer.sequence == command.sequence:
          return (answer, text)
        case .failure(_, let text): throw .ended(text)
        default: continue
        }
      }
    }
  }

  /// Why a client could not go on.
  public enum LinkClientError: Error, Equatable, Sendable {
    /// Nobody answers at the path.
    case unreachable(path: String, number: Int32)
    /// The connection ended, and why.
    case ended(String)
    /// A signal came.
    case interrupted
    /// The message does not fit into what the firmware takes.
    case tooLong
    /// The firmware's board image cannot be read.
    case wrongImage(BoardImageError)
  }
#endif
