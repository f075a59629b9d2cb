// The antd theme out of our tokens: compact for staff, but with 14 px text.
import { theme } from 'antd'
import type { ThemeConfig } from 'antd'
import { light } from './tokens.ts'

type Algorithm = typeof theme.compactAlgorithm

/** Compact spacing, but text stays 14 px and controls 32 px: compact alone makes 12 and 28. */
const readable: Algorithm = (seed, map) => {
  const made = map ?? theme.defaultAlgorithm(seed)
  return { ...made, fontSize: 14, fontSizeSM: 12, fontSizeLG: 16, lineHeight: 1.57, controlHeight: 32, controlHeightSM: 24, controlHeightLG: 40 }
}

export const staffTheme: ThemeConfig = {
  algorithm: [theme.compactAlgorithm, readable],
  hashed: false,
  token: {
    colorPrimary: light.primary,
    colorInfo: light.primary,
    colorSuccess: light['ok-text'],
    colorWarning: light['near-text'],
    colorError: light['over-text'],
    colorLink: light.link,
    colorLinkHover: light['primary-hover'],
    colorText: light['text-1'],
    colorTextSecondary: light['text-2'],
    colorTextTertiary: light['text-hint'],
    colorTextPlaceholder: light['text-hint'],
    colorTextDescription: light['text-2'],
    colorBgLayout: light['bg-page'],
    colorBgContainer: light['bg-panel'],
    colorBorder: light['line-control'],
    colorBorderSecondary: light.line,
    colorSplit: light.line,
    borderRadius: 4,
    borderRadiusLG: 6,
    borderRadiusSM: 4,
    fontFamily: 'var(--ms-font-body)',
    motionDurationFast: '0.12s',
    motionDurationMid: '0.12s',
    motionDurationSlow: '0.18s',
    wireframe: false,
  },
  components: {
    Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none', fontWeight: 400 },
    Input: { activeShadow: '0 0 0 2px var(--ms-primary-soft)' },
    Tabs: { horizontalItemPadding: '10px 0', titleFontSize: 14 },
    Table: { headerBg: light['bg-sunk'], headerColor: light['text-2'], rowHoverBg: light['primary-soft'] },
    Drawer: { paddingLG: 16 },
    Modal: { titleFontSize: 16 },
  },
}
