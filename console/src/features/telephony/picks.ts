// Strategies that pick an agent, as pages list them.
export const picks = ['lastAgent', 'bestMatch', 'longestIdle', 'skill', 'leastCalls', 'leastTalk', 'roundRobin', 'sequential', 'random', 'ringAll'] as const
