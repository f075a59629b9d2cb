// Forms that are open at this desk: kept on the server before a call is passed on, so that the next one reads what was written.
const keepers = new Set<() => Promise<void>>()

/** Until what comes back is called, this form is kept before a call leaves the desk. */
export function keepBeforePassing(keep: () => Promise<void>): () => void {
  keepers.add(keep)
  return () => keepers.delete(keep)
}

/** A form that cannot be kept does not hold the caller up. */
export const keepOpenForms = async (): Promise<void> => void (await Promise.allSettled([...keepers].map((keep) => keep())))
