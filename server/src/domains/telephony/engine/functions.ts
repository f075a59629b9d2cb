// Which telephone functions a permission gives at the exchange (TEL-25). Rights change with the next policy, without a restart.

export const functionsOf: Record<string, string[]> = {
  'telephony.desk': ['pickUp', 'park', 'invite', 'hold', 'transfer'],
  'telephony.dial': ['dialOut'],
  'telephony.transferOut': ['transferOut'],
  'telephony.listen': ['listen', 'whisper'],
  'telephony.barge': ['bargeIn'],
  'telephony.force': ['forceIn', 'takeOver', 'forceOut'],
}
