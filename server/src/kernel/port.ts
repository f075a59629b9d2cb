// Ports: a domain asks a later one inside the same transaction without importing it.

type Fn = (...args: never[]) => unknown

export type Port<F extends Fn> = {
  name: string
  /** All implementations, in module order; the declaring domain decides how to combine the answers. */
  all(): F[]
  /** The only implementation, or the fallback given at declaration. */
  one(): F
  add(fn: F): void
  clear(): void
}

/** Every port that was declared in this process. */
const ports: { clear(): void }[] = []

export type Implementation = { install(): void }

/** Declares a port: `export const callbackOwed = definePort<(ctx: Ctx, order: Order) => Promise<boolean>>('orders.callbackOwed', async () => false)`. */
export function definePort<F extends Fn>(name: string, fallback?: F): Port<F> {
  let fns: F[] = []
  const port: Port<F> = {
    name,
    all: () => fns,
    one() {
      const fn = fns[0] ?? fallback
      if (!fn) throw new Error(`port ${name} has no implementation`)
      return fn
    },
    add(fn) {
      if (!fns.includes(fn)) fns.push(fn)
    },
    clear() {
      fns = []
    },
  }
  ports.push(port)
  return port
}

/** Takes all implementations away: a second application in the same process (tests) begins with its own modules only. */
export function clearPorts(): void {
  for (const port of ports) port.clear()
}

/** In module.ts: `implements: [implement(callbackOwed, owesCallback)]`; app.ts installs them at boot. */
export function implement<F extends Fn>(port: Port<F>, fn: F): Implementation {
  return { install: () => port.add(fn) }
}
