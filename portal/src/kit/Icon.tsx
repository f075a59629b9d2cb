// One outline set. An icon beside words is decoration; an icon alone needs `label`.
import type { ReactElement } from 'react'

const paths = {
  home: 'M3 10.5 12 3l9 7.5V20a1 1 0 0 1-1 1h-5v-6H9v6H4a1 1 0 0 1-1-1z',
  write: 'M4 20l1-4L16 5l3 3L8 19zM14 7l3 3M13 21h8',
  orders: 'M6 3h9l4 4v14H6a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1zM15 3v4h4M9 12h6M9 16h6',
  user: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 21c.5-4 3.5-6 8-6s7.5 2 8 6',
  phone: 'M20 16v3a2 2 0 0 1-2.2 2A17 17 0 0 1 3 6.2 2 2 0 0 1 5 4h3l1.5 4-2 1.500a13 13 0 0 0 6 6l1.5-2 4 1.500z',
  search: 'M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM16 16l5 5',
  check: 'M4.500 12.500l5 5 10-11',
  close: 'M5 5l14 14M19 5 5 19',
  back: 'M15 4l-8 8 8 8',
  next: 'M9 4l8 8-8 8',
  camera: 'M4 8h3l2-3h6l2 3h3v11H4zM12 16.500a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7z',
  place: 'M12 21s7-6.500 7-11.500a7 7 0 0 0-14 0C5 14.500 12 21 12 21zM12 12a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5z',
  aim: 'M12 18a6 6 0 1 0 0-12 6 6 0 0 0 0 12zM12 2v4M12 18v4M2 12h4M18 12h4',
  clock: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5l3.500 2',
  bell: 'M6 16V11a6 6 0 0 1 12 0v5l2 2H4zM10 21h4',
  info: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 11v5M12 7.500v.5',
  warning: 'M12 4 2.500 20h19zM12 10v5M12 17.500v.5',
  undo: 'M9 6 4 11l5 5M4 11h10a5 5 0 0 1 0 10h-3',
  copy: 'M9 9h11v12H9zM5 15H4V3h11v2',
  star: 'M12 3.500l2.600 5.400 5.900.800-4.300 4.100 1 5.900L12 16.900l-5.200 2.800 1-5.900L3.500 9.700l5.900-.8z',
  offline: 'M3 3l18 18M8.500 12.500a6 6 0 0 1 3-1M5 9a11 11 0 0 1 4-2.300M19 9a11 11 0 0 0-5.500-2.800M12 18v.5',
  shield: 'M12 3 4 6v6c0 5 3.500 8 8 9 4.500-1 8-4 8-9V6zM8.500 12l2.500 2.500 4.500-5',
  sound: 'M4 9v6h4l5 4V5L8 9zM17 9a4 4 0 0 1 0 6M19.500 6.500a8 8 0 0 1 0 11',
  help: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM9.500 9.500a2.500 2.500 0 1 1 3.500 2.300c-.7.3-1 .7-1 1.700M12 16.500v.5',
  people: 'M9 11a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7zM2.500 20c.4-3.500 2.500-5.500 6.500-5.500s6.100 2 6.500 5.500M16 4.500a3.500 3.500 0 0 1 0 6.500M18 14.800c2.300.6 3.300 2.500 3.500 5.200',
  plus: 'M12 5v14M5 12h14',
  list: 'M4 6h.5M4 12h.5M4 18h.5M8 6h12M8 12h12M8 18h12',
  chat: 'M4 5h16v11H10l-5 4v-4H4zM8 9h8M8 12h5',
} as const

export type IconName = keyof typeof paths

/** Directional icons turn round in right-to-left languages by their own `data-mirror`. */
export function Icon({ name, label }: { name: IconName; label?: string }): ReactElement {
  return (
    <svg className="k-icon" viewBox="0 0 24 24" {...(label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true })} focusable="false">
      <path d={paths[name]} />
    </svg>
  )
}
