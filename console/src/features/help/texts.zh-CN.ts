// Texts of the help.
import { defineTexts } from '../../ui/texts.ts'

const zh = { title: '使用帮助', search: '搜索帮助，如：退回、导入、合并', contents: '目录', hits: '找到 {n} 处', none: '没有找到', noneHint: '换个说法试试，或在左侧目录里翻看。', open: '打开使用帮助', print: '打印' } as const

export const t = defineTexts(zh)
