// What the launcher says, in Chinese and English: it speaks before anybody could choose a language.

/** Ends the launcher with this message and exit code 1. */
export class Stop extends Error {}

export const texts = {
  usage: '用法 Usage: node tools/launch.mjs start [选项 options] | test | run FILE [参数 args]',
  nodeTooOld: (version) => `需要 Node.js 20 或更新版本，本机是 ${version}。 Node.js 20 or newer is needed; this is ${version}.`,
  noNode: (version) =>
    `没有可用的 Node.js 24：本机处理器没有随包提供的版本，自带的是 ${version}。请安装 Node.js 24 或更新版本后重试。\n` +
    `No Node.js 24 to run with: none is packaged for this processor and the machine has ${version}. Install Node.js 24 or newer and try again.`,
  noNpm: '没有找到 npm，请先安装。 npm was not found; please install it.',
  noLock: 'package-lock.json 缺失，检出不完整。 package-lock.json is missing; the checkout is incomplete.',
  noFile: (file) => `没有这个文件 No such file: ${file}`,
  installing: '正在安装依赖包，首次约一两分钟…… Installing packages, a minute or two the first time…',
  stillInstalling: (seconds) => `  仍在安装 still installing, ${seconds} s`,
  installed: (seconds) => `依赖包已安装，用时 ${seconds} 秒。 Packages installed in ${seconds} s.`,
  installFailed: (code, said) =>
    `依赖包安装失败（npm ci，退出码 ${code}）。请检查网络和 npm 源后重试；已下载的不会重复下载。\n` +
    `Installing packages failed (npm ci, exit code ${code}). Check the network and the npm registry, then try again.\n${said}`,
  linksFailed: (folder) =>
    `内置数据库的程序文件不完整：${folder}。请删除 node_modules 后重试。\nThe embedded database's files are incomplete; delete node_modules and try again.`,
  building: (workspace) => `正在构建页面 ${workspace}…… Building ${workspace}…`,
  built: (workspace, seconds) => `页面 ${workspace} 已构建，用时 ${seconds} 秒。 Built ${workspace} in ${seconds} s.`,
  buildFailed: (workspace) => `页面 ${workspace} 构建失败，见上面的输出。 Building ${workspace} failed; see above.`,
  killed: '服务没有在收到第一次停止信号后结束，现强制结束；数据库会在下次启动时接管。 Forced to stop; the next start takes over the database.',
}

export const lan = {
  trust: (file) => `局域网使用 HTTPS。请把根证书 ${file} 安装到每台电脑和手机的“受信任的根证书”，否则浏览器会警告、不能使用麦克风。 Install this authority on every device, or browsers warn and give no microphone.`,
  failed: (why) => `证书没有生成：${why}`,
}

export const exchange = {
  started: (port) => `电话交换机已启动，端口 ${port}。 Telephone exchange started on port ${port}.`,
  adopted: (pid, port) => `电话交换机已在运行（进程 ${pid}，端口 ${port}），继续使用。 Telephone exchange already runs (pid ${pid}, port ${port}); using it.`,
  missing: (log) => `电话交换机没有启动，其余功能照常；原因见 ${log}。 The telephone exchange did not start; everything else works. See ${log}.`,
}

export const steps = {
  check: '静态检查 Static checks',
  types: (workspace) => `类型检查 Type-check ${workspace}`,
  unit: '单元与接口测试 Unit and interface tests',
  build: '构建页面 Build pages',
  browser: '查找浏览器 Find a browser',
  e2e: '浏览器流程测试 Browser journeys',
  summary: '小结 Summary',
  passed: '通过 passed',
  failed: '失败 FAILED',
  skipped: '跳过 skipped',
  notRun: '未运行（前面有失败） not run, an earlier step failed',
  absent: (file) => `${file} 不存在 does not exist`,
  asked: 'MINSHENG_TEST_SKIP',
  noCount: '没有报告结果 reported no result',
  installingPackages: (names) => `正在安装 ${names}…… Installing ${names} with apt-get…`,
  noBrowser: (why) => `没有浏览器 no Chromium: ${why}`,
  notRoot: (names) => `不是 root，不能安装；请运行 not root; please run: apt-get install ${names}`,
  noSipp: (why) => `没有 SIPp，跳过真实 SIP 呼叫测试 no SIPp, tests with real SIP calls are skipped: ${why}`,
  noApt: '本机没有 apt-get，请自行安装 Chromium 或设置 no apt-get here; install Chromium or set MINSHENG_CHROMIUM',
  aptFailed: (said) => `apt-get 失败 failed: ${said}`,
  noFonts: '没有中文字体，截图里的汉字会是方框 No Chinese font: characters will be boxes in screenshots (fonts-noto-cjk)',
}

/** Whole seconds, or tenths below ten. */
export function seconds(sinceMs) {
  const passed = (performance.now() - sinceMs) / 1000
  return passed < 10 ? passed.toFixed(1) : String(Math.round(passed))
}
