import './start.ts';
import './styles/tokens.css';
import './styles/base.css';
import './styles/buttons.css';
import './styles/dialogs.css';
import './styles/states.css';
import './styles/messages.css';
import './styles/fields.css';
import './styles/shell.css';
import './styles/today.css';
import './styles/today-figures.css';
import './styles/today-search.css';
import './styles/payment-list.css';
import './styles/today-small.css';
import './styles/payment.css';
import './styles/settings.css';
import './styles/first-start.css';
import './styles/forced-colors.css';
import { StrictMode } from 'react';
import { I18nProvider } from 'react-aria-components';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';

const root = document.getElementById('root');
if (!root) throw new Error('The page has no element with the id root.');
createRoot(root).render(
  <StrictMode>
    <I18nProvider locale="en-GB">
      <App />
    </I18nProvider>
  </StrictMode>,
);
