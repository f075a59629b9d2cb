// Online chat (INT-16 to INT-18): a part of intake.
import { bind } from '../../../kernel/http/route.ts'
import { implement } from '../../../kernel/port.ts'
import { definePart, fileAccess, todoSources } from '../../platform/index.ts'
import { addCanned, changeCanned, dropCanned, listCanned } from './canned-replies.ts'
import * as call from './call-contract.ts'
import { answerCall, askCall, callServers, endCallAsAgent, getCall, leaveCall, sweepCalls } from './calls.ts'
import * as open from './chat-contract.ts'
import * as desk from './chat-desk-contract.ts'
import { chatSettings } from './chat.settings.ts'
import { chatTodo } from './chat-todo.ts'
import { answerLeft, listLeft, registerLeft, takeLeft } from './left-messages.ts'
import { keepPromise, promiseInChat } from './promises.ts'
import { listChats, listDesk, mayOpenChatFile, readChat } from './read-chats.ts'
import { registerFromChat } from './register-from-chat.ts'
import { answerChat, barChat, closeChat, hideMessage, seenChat, setDuty, takeChat, transferChat } from './serve-chat.ts'
import { sweepChats } from './sweep-chats.ts'
import { currentChat, leaveChat, leaveMessage, ownChat, ownChats, rateChat, sayAsCitizen, startChat } from './talk-as-citizen.ts'

export const part = definePart({
  permissions: { 'intake.chat': '在线会话', 'intake.chatManage': '管理在线会话（不按顺序接待、转走他人会话、公共快捷回复）' },
  roles: { agent: { 'intake.chat': 'tenant' }, shiftLeader: { 'intake.chat': 'tenant', 'intake.chatManage': 'tenant' } },
  routes: [
    bind(open.getChat, currentChat),
    bind(open.startChat, startChat),
    bind(open.sayInChat, sayAsCitizen),
    bind(open.leaveChat, leaveChat),
    bind(open.rateChat, rateChat),
    bind(open.ownChats, ownChats),
    bind(open.ownChat, ownChat),
    bind(open.leaveMessage, leaveMessage),
    bind(call.answerCall, answerCall),
    bind(call.leaveCall, leaveCall),
    bind(call.callServers, callServers),
    bind(call.askCall, askCall),
    bind(call.getCall, getCall),
    bind(call.endCall, endCallAsAgent),
    bind(desk.listChatDesk, listDesk),
    bind(desk.setChatDuty, setDuty),
    bind(desk.listChats, listChats),
    bind(desk.getChatSession, readChat),
    bind(desk.takeChat, takeChat),
    bind(desk.answerChat, answerChat),
    bind(desk.seenChat, seenChat),
    bind(desk.transferChat, transferChat),
    bind(desk.closeChat, closeChat),
    bind(desk.hideChatMessage, hideMessage),
    bind(desk.barChat, barChat),
    bind(desk.promiseInChat, promiseInChat),
    bind(desk.keepPromise, keepPromise),
    bind(desk.registerFromChat, registerFromChat),
    bind(desk.listCanned, listCanned),
    bind(desk.addCanned, addCanned),
    bind(desk.changeCanned, changeCanned),
    bind(desk.dropCanned, dropCanned),
    bind(desk.listLeft, listLeft),
    bind(desk.takeLeft, takeLeft),
    bind(desk.answerLeft, answerLeft),
    bind(desk.registerLeft, registerLeft),
  ],
  crons: [{ name: 'intake.sweepChats', everySeconds: 15, run: sweepChats }, { name: 'intake.sweepChatCalls', everySeconds: 15, run: sweepCalls }],
  realtime: { chat: { may: 'intake.chat' } },
  settings: chatSettings,
  implements: [implement(fileAccess, mayOpenChatFile), implement(todoSources, chatTodo)],
})
