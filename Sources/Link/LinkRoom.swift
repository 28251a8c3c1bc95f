#if !hasFeature(Embedded)
  public import ChipDrivers

  /// The memory of a link, image included, in a program that is not the deployed firmware: it is given
  /// back. One server at a time stands in it.
  @safe public final class LinkRoom {
    private let memory: UnsafeMutableRawPointer
    private let image: UnsafeMutableBufferPointer<UInt8>
    private let clients: Int

    /// Room for a link that shows a board image to so many clients.
    public init(image bytes: [UInt8], clients: Int) {
      self.clients = clients
      unsafe memory = .allocate(byteCount: LinkMemory.size(clients: clients), alignment: 64)
      unsafe image = .allocate(capacity: bytes.count)
      _ = unsafe image.initialize(from: bytes)
    }

    deinit {
      unsafe memory.deallocate()
      unsafe image.deallocate()
    }

    /// A server without clients; what another one held here is void.
    public func server<Transport: LinkTransport & ~Copyable>(
      over transport: consuming Transport, program: Identifier, tickMicroseconds: Int32
    ) -> LinkServer<Transport> {
      unsafe LinkServer(
        transport: transport, memory: LinkMemory(over: memory, clients: clients),
        identity: LinkIdentity(
          program: program, image: UnsafeBufferPointer(image),
          tickMicroseconds: UInt32(clamping: tickMicroseconds)))
    }
  }
#endif
