// Seats for a volume of calls by Erlang C: calls come at random, whoever finds no seat waits.

/** The chance that a caller has to wait: `load` in Erlang, fewer than `seats`; 1 where the load is not carried. */
export function waitChance(load: number, seats: number): number {
  if (load <= 0) return 0
  if (seats <= load) return 1
  // Erlang B by its recursion, which stays within floating point for thousands of seats.
  let blocked = 1
  for (let n = 1; n <= seats; n++) blocked = (load * blocked) / (n + load * blocked)
  return blocked / (1 - (load / seats) * (1 - blocked))
}

export type Demand = { calls: number; /** Length of the slot. */ slotSeconds: number; /** Talk and wrap-up of one call. */ handleSeconds: number; /** Answered within `seconds`, per cent. */ share: number; seconds: number; /** Most of their time that seats may be in calls, per cent. */ occupancy: number; /** Breaks, training, absence: per cent of the seats on the roster. */ shrinkage: number }
export type Staffing = { load: number; /** At work at once. */ seats: number; /** On the roster. */ roster: number; level: number; waitSeconds: number }

/** Share answered within the limit, per cent. */
export function levelOf(load: number, seats: number, handleSeconds: number, seconds: number): number {
  if (load <= 0) return 100
  if (seats <= load) return 0
  return 100 * (1 - waitChance(load, seats) * Math.exp((-(seats - load) * seconds) / handleSeconds))
}

export function staffing(d: Demand): Staffing {
  const load = (d.calls * d.handleSeconds) / d.slotSeconds
  if (load <= 0) return { load: 0, seats: 0, roster: 0, level: 100, waitSeconds: 0 }
  let seats = Math.max(1, Math.ceil(load / (d.occupancy / 100)))
  while (seats <= load || levelOf(load, seats, d.handleSeconds, d.seconds) < d.share) seats += 1
  return { load, seats, roster: Math.ceil(seats / (1 - d.shrinkage / 100)), level: levelOf(load, seats, d.handleSeconds, d.seconds), waitSeconds: (waitChance(load, seats) * d.handleSeconds) / (seats - load) }
}
