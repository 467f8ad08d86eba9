"use client";

import { LogOut, MonitorX, UserRound } from "lucide-react";
import { endSession } from "@/lib/client/end-session";
import { Avatar } from "@/lib/ui/avatar";
import { Menu, MenuItem, MenuLabel, MenuSeparator } from "@/lib/ui/menu";
import { toast } from "@/lib/ui/toast-store";

async function signOut(userId: string, everywhere: boolean) {
  const result = await endSession(userId, { everywhere });
  if (result === "ended") return window.location.assign("/");
  const strange = result === "someone-else";
  toast(strange ? "Somebody else is signed in now" : "You are still signed in", {
    tone: "error",
    id: "sign-out",
    description: strange
      ? "This page belongs to the person before. Reload it to see who is signed in."
      : "Signing out did not work. Check the connection and try again.",
  });
}

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
