// Design tokens (docs: ux.md §4): one source for the CSS variables `--ms-*`, the antd theme and the charts.

export const light = {
  'bg-page': '#F3F6FA',
  'bg-panel': '#FFFFFF',
  'bg-sunk': '#E9EEF5',
  'text-1': '#1B2430',
  'text-2': '#4A5563',
  'text-hint': '#667085',
  line: '#D5DCE6',
  'line-control': '#8A94A3',
  primary: '#1456A8',
  'primary-hover': '#0F4488',
  'primary-soft': '#E3EEFB',
  'on-primary': '#FFFFFF',
  link: '#0B5CC4',
  focus: '#0B5CC4',
  'ok-text': '#00695C',
  'ok-bg': '#DDF3EF',
  'ok-mark': '#0A8F7C',
  'near-text': '#8A4B00',
  'near-bg': '#FFF0CC',
  'near-mark': '#F5B400',
  'over-text': '#B3171D',
  'over-bg': '#FDE4E2',
  'over-mark': '#C4221F',
  'calm-text': '#3F4A5A',
  'calm-bg': '#E6EAF0',
  'low-text': '#075E70',
  'low-bg': '#DDF1F5',
  'busy-text': '#B25E00',
  'card-yellow-text': '#1B2430',
  'card-yellow-bg': '#F5B400',
  'card-red-text': '#FFFFFF',
  'card-red-bg': '#B3171D',
  'state-draft-text': '#4A5563',
  'state-draft-bg': '#EEF1F5',
  'state-review-text': '#5B3CA8',
  'state-review-bg': '#EEE9FA',
  'state-dispatch-text': '#3742A0',
  'state-dispatch-bg': '#E7E9FA',
  'state-progress-text': '#0F4C94',
  'state-progress-bg': '#E3EEFB',
  'state-result-text': '#075E70',
  'state-result-bg': '#DDF1F5',
  'state-callback-text': '#8A2468',
  'state-callback-bg': '#FAE6F2',
  'state-closed-text': '#00695C',
  'state-closed-bg': '#DDF3EF',
  'state-archived-text': '#3E4C47',
  'state-archived-bg': '#E8EDEB',
  'chrome-bg': '#0F3566',
  'chrome-line': '#1E4A85',
  'chrome-text': '#FFFFFF',
  'chrome-hint': '#C3D6EE',
  'shade': 'rgba(16, 32, 56, 0.45)',
} as const

/** Series 1–8, told apart by red-, green- and blue-blind readers; light ones need a dark edge. */
export const series = ['#1456A8', '#E69F00', '#009E73', '#9B8AE0', '#6E3B00', '#B8C4D6', '#004D40', '#3B2A5E'] as const
export const sequential = ['#E3EEFB', '#A9C8EE', '#6A9CD8', '#2F6DB8', '#0F3566'] as const
export const diverging = ['#0F4C94', '#F3F6FA', '#B25E00'] as const

const measures = {
  'space-1': '4px',
  'space-2': '8px',
  'space-3': '12px',
  'space-4': '16px',
  'space-5': '24px',
  'space-6': '32px',
  'space-7': '48px',
  'radius-control': '4px',
  'radius-card': '6px',
  'radius-sheet': '10px',
  'size-caption': '12px',
  'size-body': '14px',
  'size-title': '16px',
  'size-page': '20px',
  'size-figure': '24px',
  'size-hero': '30px',
  'line-height': '1.57',
  'bar-height': '48px',
  'rail-width': '208px',
  'rail-folded': '56px',
  'motion-hover': '120ms',
  'motion-layer': '180ms',
  'shadow-layer': '0 6px 24px rgba(16, 32, 56, 0.18), 0 1px 4px rgba(16, 32, 56, 0.10)',
  'shadow-soft': '0 1px 2px rgba(16, 32, 56, 0.06)',
  'font-body': 'system-ui, "PingFang SC", "Noto Sans CJK SC", "Source Han Sans SC", sans-serif, "SimSun-ExtB", "Noto Serif CJK SC", "UKIJ Tuz", "Noto Naskh Arabic"',
  'font-code': 'ui-monospace, "SFMono-Regular", "DejaVu Sans Mono", "Noto Sans Mono CJK SC", monospace',
} as const

export type ColorToken = keyof typeof light

/** Reference to a token in inline styles and charts: `cssVar('over-text')`. */
export function cssVar(name: ColorToken | keyof typeof measures): string {
  return `var(--ms-${name})`
}

/** The style sheet of all variables; put into the page once at start. */
export function tokenSheet(): string {
  const lines = Object.entries({ ...light, ...measures }).map(([name, value]) => `--ms-${name}:${value}`)
  return `:root{${lines.join(';')}}`
}
