export const developmentSms = '开发发件箱，未实际发出'
export const unreachable = '对方服务无法连接'
