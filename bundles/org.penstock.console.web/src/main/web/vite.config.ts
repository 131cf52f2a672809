import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { gateway } from './mock/gateway.ts';

export default defineConfig(({ mode }) => ({
  base: '/console/',
  plugins: [react(), ...(mode === 'mock' ? [gateway] : [])],
  html: { cspNonce: '__CSP_NONCE__' },
  build: {
    target: 'es2022',
    sourcemap: false,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: true,
    manifest: true,
  },
  server: { port: 5173, strictPort: true, host: '127.0.0.1' },
  preview: { port: 4173, strictPort: true, host: '127.0.0.1' },
  test: { environment: 'node', include: ['{src,mock}/**/*.test.{ts,tsx}'], globals: false },
}));
