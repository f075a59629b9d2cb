// Tokens of the dark screen (ux.md §4), for charts; the style sheet names the same values.
export const dark = { page: '#06172E', panel: '#0C2545', sunk: '#041022', text: '#EAF2FF', soft: '#A9BEDB', line: '#1E3D66', control: '#5E7FAC', primary: '#4CA6FF', ok: '#5CE6D0', near: '#FFC64D', over: '#FF6B5E', shallow: '#12355F', deep: '#8CC8FF' } as const
export const series = ['#4CA6FF', '#FFC64D', '#5CE6D0', '#C9B8FF', '#2E9E6B', '#8FA3BF', '#C77D1E'] as const
