"use client";

import { LogOut, MonitorX, UserRound } from "lucide-react";
import { Avatar } from "@/lib/ui/avatar";
import { Menu, MenuItem, MenuLabel, MenuSeparator } from "@/lib/ui/menu";
import { signOut } from "./sign-out";

export type AccountMenuProps = { userId: string; username: string; profileImage: string | null };

/** The person's picture, and behind it the ways out. */
export function AccountMenu({ userId, username, profileImage }: AccountMenuProps) {
  return (
    <Menu
      trigger={
        <button type="button" aria-label={`Account menu of ${username}`} className="flex rounded-full">
          <Avatar name={username} picture={profileImage} />
        </button>
      }
    >
      <MenuLabel>Signed in as {username}</MenuLabel>
      <MenuItem icon={<UserRound aria-hidden="true" />} onSelect={() => window.location.assign("/account")}>
        Account
      </MenuItem>
      <MenuSeparator />
      <MenuItem icon={<LogOut aria-hidden="true" />} onSelect={() => void signOut(userId, false)}>
        Sign out
      </MenuItem>
      <MenuItem
        icon={<MonitorX aria-hidden="true" />}
        note="Ends every session, on every device"
        onSelect={() => void signOut(userId, true)}
      >
        Sign out everywhere
      </MenuItem>
    </Menu>
  );
}
