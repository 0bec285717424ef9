import { StoreProfilePage } from "@/features/store-profile/store-profile-page";

export default function StoreProfile() {
  return <StoreProfilePage />;
}
