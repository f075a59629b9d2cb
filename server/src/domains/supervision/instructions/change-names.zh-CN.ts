export const changeNames: Record<string, string> = {
  'order.dispatched': '已派发', 'order.resultReady': '有办理结果', 'order.resultAccepted': '结果已通过', 'order.resultReturned': '结果被退回', 'order.closed': '已办结', 'order.archived': '已归档', 'order.withdrawn': '已撤单', 'order.redone': '已重办', 'order.returnDecided': '退回已审', 'order.extensionDecided': '延时已审',
}
