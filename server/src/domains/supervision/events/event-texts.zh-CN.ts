export const eventStatusNames = { awaiting: '待督办', open: '督办中', replied: '已答复', closed: '已结案' } as const
export const warningLevelNames: Record<string, string> = { low: '低', middle: '中', high: '高' }
export const panelNames = { summary: '事件概要', handling: '办理情况', analysis: '原因分析', orders: '工单透视', firstCase: '首案聚焦', similar: '类案推送' } as const
