// E-mail by SMTP. TLS from the start on 465, STARTTLS where the server offers it, demanded when a password would travel.
import { createTransport } from 'nodemailer'
import { PATIENCE_MS, type Adapter, type Config, type Outgoing, type Sent } from '../channels.ts'

const transport = (config: Config) => {
  const port = Number(config['port'] ?? 587)
  return createTransport({
    host: config['host'] ?? '', port, secure: port === 465, requireTLS: config['user'] !== undefined && port !== 465 && config['plain'] !== 'yes',
    ...(config['user'] ? { auth: { user: config['user'], pass: config['password'] ?? '' } } : {}),
    connectionTimeout: PATIENCE_MS, greetingTimeout: PATIENCE_MS, socketTimeout: PATIENCE_MS, disableFileAccess: true, disableUrlAccess: true,
  })
}

type SmtpError = Error & { responseCode?: number }

async function send(message: Outgoing, config: Config): Promise<Sent> {
  if (!/^[^\s@<>,;]+@[^\s@<>,;]+$/.test(message.address)) return { ok: false, reason: '邮箱地址不正确', final: true }
  const smtp = transport(config)
  try {
    const link = message.link && config['site'] ? `\n\n${config['site'].replace(/\/$/, '')}${message.link}` : ''
    const info = await smtp.sendMail({ from: config['from'] ?? '', to: message.address, subject: message.title, text: `${message.text}${link}`, messageId: `<${message.id}@${config['host'] ?? 'minsheng'}>` })
    return { ok: true, result: info.response.slice(0, 200) }
  } catch (error) {
    const { responseCode, message: reason } = error as SmtpError // what nodemailer throws
    // 5xx to the recipient is the server's last word; sign-in and connection troubles may pass.
    return { ok: false, reason: reason.slice(0, 300), ...(responseCode !== undefined && responseCode >= 550 && responseCode < 560 ? { final: true } : {}) }
  } finally {
    smtp.close()
  }
}

export const smtpAdapter: Adapter = {
  code: 'smtp', channel: 'email', name: 'SMTP 邮件服务器', send,
  fields: [
    { key: 'host', label: '服务器地址', pattern: /^[A-Za-z0-9.:-]{1,200}$/, message: '填写域名或 IP 地址' },
    { key: 'port', label: '端口', pattern: /^\d{1,5}$/, message: '填写端口号，如 465、587' },
    { key: 'from', label: '发件人地址', pattern: /^[^\s@<>]+@[^\s@<>]+$/, message: '邮箱格式不正确' },
    { key: 'user', label: '用户名', optional: true },
    { key: 'password', label: '密码或授权码', secret: true, optional: true },
    { key: 'plain', label: '允许不加密登录', optional: true, help: '填 yes 时允许在未加密的连接上登录，仅限内网', pattern: /^(yes|no)?$/, message: '填写 yes 或 no' },
    { key: 'site', label: '工作台网址', optional: true, help: '邮件中的链接以此开头', pattern: /^https?:\/\/\S+$/, message: '以 http:// 或 https:// 开头' },
  ],
}
