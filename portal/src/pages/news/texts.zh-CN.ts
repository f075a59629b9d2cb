import { defineTexts } from '../../kit/texts.ts'

export const t = defineTexts({
  title: '公告与案例', intro: '公告、热点、典型案例和办理结果', filter: '类别', all: '全部', notice: '公告', hot: '热点', case: '典型案例', result: '办理结果', introKind: '中心介绍', kept: '我的收藏', pinned: '置顶', more: '加载更多', empty: '还没有内容', emptyKept: '还没有收藏', keep: '收藏', unkeep: '取消收藏', keptDone: '已收藏', keptGone: '已取消收藏', signInToKeep: '登录后可以收藏', gone: '内容已下架', goneText: '可能已过期或被撤回', back: '返回列表', at: '{at} 发布', files: '附件', read: '朗读', stop: '停止朗读', submit: '我也要反映',
} as const)
