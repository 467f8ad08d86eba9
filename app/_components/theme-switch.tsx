"use client";

import { Monitor, Moon, Sun } from "lucide-react";
import { useTheme } from "next-themes";
import { useSyncExternalStore } from "react";
import { Segmented } from "@/lib/ui/segmented";

const options = [
  { value: "system", label: <Choice icon={<Monitor aria-hidden="true" />} name="System" /> },
  { value: "light", label: <Choice icon={<Sun aria-hidden="true" />} name="Light" /> },
  { value: "dark", label: <Choice icon={<Moon aria-hidden="true" />} name="Dark" /> },
] as const;

const never = () => () => {};

/** Light, dark, or as the system has it. The server can't know the choice, so none is marked until the page lives. */
export function ThemeSwitch() {
  const { theme, setTheme } = useTheme();
  const alive = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  return (
    <Segmented
      legend="Appearance"
      hideLegend
      size="sm"
      value={alive ? (theme as (typeof options)[number]["value"]) : undefined}
      onChange={setTheme}
      options={options}
    />
  );
}

function Choice({ icon, name }: { icon: React.ReactNode; name: string }) {
  return (
    <>
      {icon}
      {name}
    </>
  );
}
