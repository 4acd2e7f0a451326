/** The page before its script runs. The nonce is for the style elements that the editor makes. */
export const pageHtml = (nonce: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Conversions console</title>
<link rel="icon" href="/console/assets/icon.svg">
<link rel="stylesheet" href="/console/assets/app.css">
<script type="module" src="/console/assets/app.js" nonce="${nonce}"></script>
</head>
<body>
<div id="app"><noscript>The console needs JavaScript. npm run dead-letters and npm run preview do without.</noscript></div>
</body>
</html>
`;

/** Lets the page run its own script and style and ask its own origin, and nothing else. */
export const contentSecurityPolicy = (nonce: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "connect-src 'self'",
    "img-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');

export const iconSvg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="#4f46e5"/><path d="M8 16h16" stroke="#fff" stroke-opacity=".55" stroke-width="2.5"/><circle cx="8" cy="16" r="3" fill="#fff"/><circle cx="16" cy="16" r="3" fill="#fff"/><circle cx="24" cy="16" r="4" fill="#5eead4"/></svg>`;
