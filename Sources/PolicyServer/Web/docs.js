// Starts Swagger UI with this server's OpenAPI document.

const dark = matchMedia('(prefers-color-scheme: dark)');
const updateTheme = () => document.documentElement.classList.toggle('dark-mode', dark.matches);
dark.addEventListener('change', updateTheme);
updateTheme();

globalThis.SwaggerUIBundle({
  url: 'openapi.json',
  dom_id: '#docs',
  deepLinking: true,
  displayRequestDuration: true,
  filter: false,
  defaultModelsExpandDepth: 0,
  defaultModelExpandDepth: 3,
  // Does not send the document to the validator of swagger.io.
  validatorUrl: null,
  // Forgets keys and tokens when the page is closed.
  persistAuthorization: false,
});
