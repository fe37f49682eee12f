// Starts Swagger UI on this server's description of itself.

const dark = matchMedia('(prefers-color-scheme: dark)');
const follow = () => document.documentElement.classList.toggle('dark-mode', dark.matches);
dark.addEventListener('change', follow);
follow();

globalThis.SwaggerUIBundle({
  url: 'openapi.json',
  dom_id: '#docs',
  deepLinking: true,
  displayRequestDuration: true,
  filter: false,
  defaultModelsExpandDepth: 0,
  defaultModelExpandDepth: 3,
  // Asks nobody else whether the description is valid; the tests do.
  validatorUrl: null,
  // A key or token is gone with the page.
  persistAuthorization: false,
});
