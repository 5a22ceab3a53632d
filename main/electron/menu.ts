import { app, Menu, type MenuItemConstructorOptions } from 'electron';

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
  Menu.setApplicationMenu(template.length > 0 ? Menu.buildFromTemplate(template) : null);
}
