import { defineTexts } from '../../kit/texts.ts'

export const t = defineTexts({
  title: '消息中心', intro: '诉求进展、答复、公告和系统通知都在这里', all: '全部', filter: '显示', unread: '未读', readAll: '全部标为已读', open: '查看', remove: '删除', removeOf: '删除“{title}”', more: '加载更多', emptyTitle: '没有消息', emptyText: '诉求有进展时会出现在这里',
  push: '推送设置', pushHelp: '关闭后只在消息中心显示，不推送到微信。办理结果和答复不能关闭。', fixed: '始终推送', saved: '已保存',
} as const)
