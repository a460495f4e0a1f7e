/** The reactions one click away. */
export const QUICK = ['👍', '❤️', '😂', '😮', '😢', '🙏'] as const;
