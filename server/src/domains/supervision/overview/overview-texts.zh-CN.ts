/** 在办 12 件，其中… one figure after the other, as frozen. */
export const overviewText = (figures: readonly { name: string; count: number }[]): string => figures.map((f) => `${f.name}${f.count}件`).join('，')
