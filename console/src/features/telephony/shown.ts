// A number of the exchange as desks show it: mobiles and lines masked, extensions whole.
import { phone as spaced } from '../../ui/numbers.ts'
import { t } from './texts.zh-CN.ts'

export const shown = (number: string): string => (number === '' ? t('hiddenNumber') : /^86(1\d{10})$/.test(number) ? masked(number.slice(2)) : number.length > 6 ? masked(number.replace(/^86/, '0')) : number)
const masked = (number: string): string => spaced(`${number.slice(0, 3)}****${number.slice(-4)}`)
