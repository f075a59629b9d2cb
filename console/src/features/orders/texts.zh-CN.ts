// Texts of the order list and the order page.
import { defineTexts } from '../../ui/texts.ts'

const zh = {
  chosenUser: '已选人员',
} as const

export const t = defineTexts(zh)
