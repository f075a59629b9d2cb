/** As shown: "93.20%", "–" where there is no value. */
export const shown = (value: string | null | undefined, unit: string): string => (value === null || value === undefined ? '–' : unit === '%' ? `${value}%` : value)
/** On a card a rate has one decimal; tables keep them all. */
export const brief = (text: string | null | undefined, unit: string): string => shown(unit === '%' && text ? Number(text).toFixed(1) : text, unit)
