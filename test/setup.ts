// Hosts whose JavaScript lacks Temporal get it here, as main/main.ts does for the app.
import 'temporal-polyfill/global';
