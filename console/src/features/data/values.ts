/** As shown: "93.20%", "–" where there is no value. */
export const shown = (value: string | null | undefined, unit: string): string => (value === null || value === undefined ? '–' : unit === '%' ? `${value}%` : value)
