import type { Plugin } from 'graphql-yoga';

/**
 * POST takes JSON only: a form or plain text can be sent by any page without asking first, JSON makes browsers ask (CSRF).
 */
export const jsonOnly: Plugin = {
  onRequest: (payload) => {
    const { request, fetchAPI } = payload;
    const type = request.headers.get('content-type') ?? '';
    if (request.method !== 'POST' || /^application\/json\s*(;|$)/i.test(type)) return;
    const errors = [
      { message: 'POST takes application/json only.', extensions: { code: 'INVALID' } },
    ];
    payload.endResponse(
      new fetchAPI.Response(JSON.stringify({ errors }), {
        status: 415,
        headers: { 'content-type': 'application/json; charset=utf-8', accept: 'application/json' },
      }),
    );
  },
};
