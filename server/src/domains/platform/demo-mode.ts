// Whether this process is a demonstration on the own machine: set once by app.ts, read by the demo sign-in.

/** `enabled` only for an unconfigured start on loopback with the fictional city. */
export const demo = { enabled: false }
