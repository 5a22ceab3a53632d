import { app, Menu, type MenuItemConstructorOptions } from 'electron';

/** Before the app is ready: else Electron builds a menu of its own meanwhile. */
export const setNoMenu = (): void => Menu.setApplicationMenu(null);

/**
 * As little menu as the platform allows. On Windows and Linux none when packaged: editing keys work without one, and keys that
 * reload, zoom or open developer tools have no place at a counter. macOS takes its editing and quitting keys from the menu.
 */
export function setMenu(): void {
  const mac: MenuItemConstructorOptions[] = [
    { role: 'appMenu' },
    { role: 'editMenu' },
    { label: 'Window', submenu: [{ role: 'minimize' }, { role: 'close' }] },
  ];
  const development: MenuItemConstructorOptions[] = [{ label: 'Develop', submenu: [{ role: 'reload' }, { role: 'toggleDevTools' }] }];
  const template = [...(process.platform === 'darwin' ? mac : []), ...(app.isPackaged ? [] : development)];
  if (template.length > 0) Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}
