// Chinese names of the codes of calling out.
export const planStateNames: Record<'draft' | 'running' | 'paused' | 'ended', string> = { draft: '草稿', running: '进行中', paused: '已暂停', ended: '已结束' }
export const planKindNames: Record<'once' | 'long' | 'weekly' | 'monthly', string> = { once: '一次性', long: '长期', weekly: '每周抽取', monthly: '每月抽取' }
export const languageNames: Record<string, string> = { zh: '普通话', ug: '维吾尔语', kk: '哈萨克语', mn: '蒙古语', en: '英语', ru: '俄语' }
export const stageNames: Record<'notStarted' | 'running' | 'finished', string> = { notStarted: '未开始', running: '进行中', finished: '已完成' }
