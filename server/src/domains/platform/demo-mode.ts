// Whether this process is a demonstration on the own machine: set once by app.ts, read by the demo sign-in.

/** `enabled` only for an unconfigured start on loopback with the fictional city. */
/** `clockLead`: milliseconds the demonstration is ahead of the machine's clock. */
export const demo = { enabled: false, clockLead: 0 }
