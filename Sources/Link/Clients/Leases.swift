internal import LinkMessages
internal import PerfusionCore

/// A movement that a client asked for and must ask for again.
struct LinkLease: BitwiseCopyable {
  /// 0 in a free place.
  var decision: UInt32 = 0
  var client: UInt32 = 0
  /// Moment at which it runs out, microseconds.
  var expiry: Int64 = 0
  var action = OperatorAction.acknowledgeAlarms
}

/// The leases that stand. One for each thing that can be moved: a later wish takes the place of an
/// earlier one, whoever asked.
struct LinkLeases {
  private var places = InlineArray<32, LinkLease>(repeating: LinkLease())

  /// Begins or renews a lease; false when there is no room.
  mutating func begin(_ lease: LinkLease) -> Bool {
    var free: Int?
    for index in 0..<LinkLimits.leases {
      if places[index].decision == 0 {
        free = free ?? index
      } else if places[index].action.movedThing == lease.action.movedThing {
        places[index] = lease
        return true
      }
    }
    guard let free else { return false }
    places[free] = lease
    return true
  }

  /// Ends the lease of something that was stopped.
  mutating func end(_ thing: UInt16) {
    for index in 0..<LinkLimits.leases
    where places[index].decision != 0 && places[index].action.movedThing == thing {
      places[index] = LinkLease()
    }
  }

  /// Takes out a lease that has run out, nothing when none has.
  mutating func takeExpired(now: Int64) -> LinkLease? {
    for index in 0..<LinkLimits.leases where places[index].decision != 0 {
      guard now >= places[index].expiry else { continue }
      let lease = places[index]
      places[index] = LinkLease()
      return lease
    }
    return nil
  }
}
