// Channels by code, as the server names them.
export const channelNames: Record<string, string> = { phone: '电话', portal: '门户网站', officialAccount: '公众号', miniProgram: '小程序', app: 'APP', qr: '二维码', chat: '在线客服', letter: '来信', visit: '来访', unit: '单位自采', connector: '外部平台', import: '批量导入' }
