// A chart as a picture: ECharts writes SVG without a browser, resvg makes PNG of it with the bundled Chinese font.
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { Resvg } from '@resvg/resvg-js'
import * as echarts from 'echarts'
import { CHART_FONT, printOption, type Chart } from './chart.ts'

const fonts = join(dirname(createRequire(import.meta.url).resolve('@embedpdf/fonts-sc')), '../fonts')
/** Files of the bundled font (Noto Sans Hans, OFL). */
export const fontFiles = { normal: join(fonts, 'NotoSansHans-Regular.otf'), bold: join(fonts, 'NotoSansHans-Bold.otf'), folder: fonts }

export type Size = { width: number; height: number }

export function chartSvg(chart: Chart, size: Size): string {
  const drawn = echarts.init(null, null, { renderer: 'svg', ssr: true, ...size })
  try {
    drawn.setOption(printOption(chart, size.width))
    return drawn.renderToSVGString()
  } finally {
    drawn.dispose()
  }
}

/** Pixels are three times the size: sharp on paper. */
export function chartPng(chart: Chart, size: Size): Buffer {
  return Buffer.from(new Resvg(chartSvg(chart, size), { background: '#ffffff', fitTo: { mode: 'width', value: size.width * 3 }, font: { loadSystemFonts: false, fontFiles: [fontFiles.normal], defaultFontFamily: CHART_FONT } }).render().asPng())
}
