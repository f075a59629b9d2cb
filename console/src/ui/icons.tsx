// One outline set, stroke 1.5. An icon beside words is decoration; an icon alone needs `label`.
import type { ReactElement } from 'react'

const paths = {
  home: 'M3 10.5 12 3l9 7.5V20a1 1 0 0 1-1 1h-5v-6H9v6H4a1 1 0 0 1-1-1z',
  headset: 'M4 14v-2a8 8 0 0 1 16 0v2M4 14h3v5H5a1 1 0 0 1-1-1zM20 14h-3v5h2a1 1 0 0 0 1-1zM19 19c0 1.5-2 2.5-5 2.5',
  orders: 'M6 3h9l4 4v14H6a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1zM15 3v4h4M9 12h6M9 16h6',
  dispatch: 'M4 7h11M11 3l4 4-4 4M20 17H9M13 13l-4 4 4 4',
  unit: 'M4 21V6l8-3v18M12 9l8 3v9M3 21h18M7.5 9h1M7.5 13h1M7.5 17h1M16 15h1M16 18h1',
  callback: 'M15 3h6v6M21 3l-7 7M20 16v3a2 2 0 0 1-2.2 2A17 17 0 0 1 3 6.2 2 2 0 0 1 5 4h3l1.5 4L7.5 9.5a13 13 0 0 0 6 6l1.5-2 4 1.5z',
  supervise: 'M12 3 4 6v6c0 5 3.5 8 8 9 4.500-1 8-4 8-9V6zM12 8v5M12 16v.5',
  warning: 'M12 4 2.500 20h19zM12 10v5M12 17.500v.5',
  petition: 'M4 5h16v11H9l-5 4zM8 9h8M8 12h5',
  market: 'M4 10v10h16V10M3 10l2-6h14l2 6a3 3 0 0 1-6 0 3 3 0 0 1-6 0 3 3 0 0 1-6 0M10 20v-5h4v5',
  camera: 'M3 7h11a1 1 0 0 1 1 1v8a1 1 0 0 1-1 1H3zM15 11l6-3v8l-6-3',
  quality: 'M12 3l2.500 2 3.200-.2.8 3.100 2.700 1.700L20 12.500l1.200 3-2.700 1.700-.8 3.100-3.200-.2-2.500 2-2.500-2-3.200.2-.8-3.100L2.800 15.500 4 12.500 2.800 9.600l2.700-1.700.8-3.100 3.200.2zM8.500 12.500l2.500 2.500 4.500-5',
  book: 'M4 5a2 2 0 0 1 2-2h14v15H6a2 2 0 0 0-2 2zM4 20a1.500 1.500 0 0 0 1.500 1.500H20V18M9 7h7',
  tree: 'M5 4v14h5M5 9h5M10 6.500h10v5H10zM10 15.500h10v5H10z',
  phone: 'M20 16v3a2 2 0 0 1-2.200 2A17 17 0 0 1 3 6.200 2 2 0 0 1 5 4h3l1.500 4-2 1.500a13 13 0 0 0 6 6l1.500-2 4 1.500z',
  calendar: 'M4 6h16v14H4zM4 10.500h16M8 3v4M16 3v4',
  medal: 'M12 14.500a5.500 5.500 0 1 0 0-11 5.500 5.500 0 0 0 0 11zM8.500 13.500 7 21l5-2.500L17 21l-1.500-7.500',
  chart: 'M4 20h16M6.500 16v-5M12 16V5M17.500 16V9',
  gauge: 'M4 18a9 9 0 1 1 16 0M12 14l4-5M12 15.500a1.500 1.500 0 1 0 0-3 1.500 1.500 0 0 0 0 3z',
  megaphone: 'M4 10v4h3l9 5V5l-9 5zM19 9.500a3.500 3.500 0 0 1 0 5M8 14v5h2.500v-4',
  spark: 'M12 3l1.800 6.200L20 11l-6.200 1.800L12 19l-1.800-6.200L4 11l6.200-1.800zM19 17v4M17 19h4',
  gear: 'M12 15.500a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7zM19 12l2-1-1-3-2.300.5-1.500-1.500.5-2.300-3-1-1.200 2h-1L10.300 3.700l-3 1 .5 2.300L6.300 8.500 4 8l-1 3 2 1v0l-2 1 1 3 2.300-.5 1.500 1.500-.5 2.300 3 1 1.200-2h1l1.200 2 3-1-.5-2.300 1.500-1.500 2.300.5 1-3z',
  search: 'M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM16 16l5 5',
  tasks: 'M4 6.500l1.500 1.500L8 5M4 13l1.500 1.500L8 11.500M4 19.500 5.500 21 8 18M11 7h9M11 13.500h9M11 20h9',
  bell: 'M6 16V11a6 6 0 0 1 12 0v5l2 2H4zM10 21h4',
  user: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 21c.5-4 3.500-6 8-6s7.500 2 8 6',
  eye: 'M2.500 12S6 5.500 12 5.500 21.500 12 21.500 12 18 18.500 12 18.500 2.500 12 2.500 12zM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6z',
  eyeOff: 'M4 4l16 16M9.500 6c.8-.3 1.600-.5 2.500-.5 6 0 9.500 6.500 9.500 6.500a15 15 0 0 1-3 3.600M6 8a15 15 0 0 0-3.500 4S6 18.500 12 18.500c1 0 2-.2 2.900-.5M10 10a3 3 0 0 0 4 4',
  pencil: 'M4 20l1-4L16 5l3 3L8 19zM14 7l3 3',
  phoneOut: 'M15 3h6v6M21 3l-6 6M20 16v3a2 2 0 0 1-2.200 2A17 17 0 0 1 3 6.200 2 2 0 0 1 5 4h3l1.500 4-2 1.500a13 13 0 0 0 6 6l1.500-2 4 1.500z',
  check: 'M4.500 12.500l5 5 10-11',
  box: 'M3 7l9-4 9 4v10l-9 4-9-4zM3 7l9 4 9-4M12 11v10',
  undo: 'M9 6 4 11l5 5M4 11h10a6 6 0 0 1 0 12h-2',
  merge: 'M7 4v4c0 4 5 4 5 8v4M17 4v4c0 4-5 4-5 8M9 17l3 3 3-3',
  clipboard: 'M6 5h12v16H6zM9 3h6v4H9zM9 12h6M9 16h4',
  close: 'M5 5l14 14M19 5 5 19',
  plus: 'M12 4v16M4 12h16',
  minus: 'M4 12h16',
  chevronDown: 'M5 9l7 7 7-7',
  chevronRight: 'M9 5l7 7-7 7',
  chevronLeft: 'M15 5l-7 7 7 7',
  arrowUp: 'M12 20V5M6 11l6-6 6 6',
  arrowDown: 'M12 4v15M6 13l6 6 6-6',
  columns: 'M4 5h16v14H4zM10 5v14M15 5v14',
  rows: 'M4 5h16v14H4zM4 10h16M4 14.500h16',
  filter: 'M3 5h18l-7 8v6l-4 2v-8z',
  download: 'M12 4v11M7 11l5 5 5-5M4 20h16',
  upload: 'M12 16V5M7 9l5-5 5 5M4 20h16',
  star: 'M12 3.500l2.600 5.400 5.900.8-4.300 4.100 1.100 5.900-5.300-2.900-5.300 2.900 1.100-5.900L3.500 9.700l5.900-.8z',
  copy: 'M9 9h11v11H9zM15 9V4H4v11h5',
  print: 'M7 8V3h10v5M7 17H4V9h16v8h-3M7 14h10v7H7z',
  more: 'M5 12h.01M12 12h.01M19 12h.01',
  info: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 11v5.500M12 7.500v.5',
  help: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM9.500 9.500a2.500 2.500 0 1 1 3.500 2.300c-.7.3-1 .8-1 1.700M12 16.500v.5',
  refresh: 'M20 5v5h-5M4 19v-5h5M19 10a8 8 0 0 0-14-2M5 14a8 8 0 0 0 14 2',
  lock: 'M6 11h12v10H6zM8.500 11V8a3.500 3.500 0 0 1 7 0v3',
  clip: 'M20 11l-8.500 8.500a5 5 0 0 1-7-7L13 4a3.500 3.500 0 0 1 5 5l-8.500 8.500a2 2 0 0 1-3-3L14 7',
  file: 'M6 3h9l4 4v14H6zM15 3v4h4',
  image: 'M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15.500 9.500v.01',
  audio: 'M9 18V6l11-2v12M9 18a2.500 2.500 0 1 1-5 0 2.500 2.500 0 0 1 5 0zM20 16a2.500 2.500 0 1 1-5 0 2.500 2.500 0 0 1 5 0z',
  video: 'M4 5h16v14H4zM10 9l5 3-5 3z',
  pin: 'M12 21s7-6.500 7-11.500A7 7 0 0 0 5 9.500C5 14.500 12 21 12 21zM12 12a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5z',
  signOut: 'M10 4H5v16h5M14 8l4 4-4 4M18 12H9',
  fold: 'M4 5h16v14H4zM9.500 5v14M16 10l-2.500 2 2.500 2',
  link: 'M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1',
  keyboard: 'M3 6h18v12H3zM7 10h.01M11 10h.01M15 10h.01M8 14h8',
  clock: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5.500l3.500 2',
  shield: 'M12 3 4 6v6c0 5 3.500 8 8 9 4.500-1 8-4 8-9V6zM8.500 12l2.500 2.500 4.500-5',
} as const

export type IconName = keyof typeof paths

export function isIcon(name: string): name is IconName {
  return Object.hasOwn(paths, name)
}

/** Sizes 16, 20 or 24; `label` only where the icon stands alone. */
export function Icon({ name, size = 16, label }: { name: IconName; size?: 12 | 14 | 16 | 20 | 24; label?: string }): ReactElement {
  return (
    <svg className="ms-icon" width={size} height={size} viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth={name === 'more' ? 3 : 1.7} strokeLinecap="round" strokeLinejoin="round" role={label ? 'img' : undefined} aria-label={label} aria-hidden={label ? undefined : true}>
      <path d={paths[name]} />
    </svg>
  )
}
