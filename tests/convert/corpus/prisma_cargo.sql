-- CreateEnum
CREATE TYPE "VehiclesKind" AS ENUM ('VAN', 'TRUCK', 'TRAILER');

-- CreateEnum
CREATE TYPE "ConsignmentsState" AS ENUM ('NEW', 'COLLECTED', 'MOVING', 'DELIVERED', 'LOST');

-- CreateEnum
CREATE TYPE "ScansKind" AS ENUM ('IN', 'OUT', 'DELIVERY');

-- CreateEnum
CREATE TYPE "ClaimsState" AS ENUM ('OPEN', 'ACCEPTED', 'REFUSED');

-- CreateEnum
CREATE TYPE "IncidentsSeverity" AS ENUM ('LOW', 'MEDIUM', 'HIGH');

-- CreateTable
CREATE TABLE "Companies" (
    "id" TEXT NOT NULL,
    "vat" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "country" TEXT NOT NULL,
    "updatedAt" TIMESTAMP(3) NOT NULL,
    
    CONSTRAINT "Companies_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Depots" (
    "id" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "companyId" TEXT,
    "latitude" DECIMAL(65,30) NOT NULL DEFAULT 0,
    "longitude" DECIMAL(65,30) NOT NULL DEFAULT 0,
    "updatedAt" TIMESTAMP(3) NOT NULL,
    
    CONSTRAINT "Depots_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Vehicles" (
    "id" TEXT NOT NULL,
    "plate" TEXT NOT NULL,
    "kind" "VehiclesKind" NOT NULL DEFAULT 'VAN',
    "companyId" TEXT,
    "capacity" DECIMAL(65,30) NOT NULL DEFAULT 0,
    "updatedAt" TIMESTAMP(3) NOT NULL,
    
    CONSTRAINT "Vehicles_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Drivers" (
    "id" TEXT NOT NULL,
    "license" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "companyId" TEXT,
    "phone" TEXT,
    "updatedAt" TIMESTAMP(3) NOT NULL,
    
    CONSTRAINT "Drivers_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Customers" (
    "id" TEXT NOT NULL,
    "number" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "email" TEXT,
    "terms" INTEGER NOT NULL DEFAULT 0,
    "updatedAt" TIMESTAMP(3) NOT NULL,
    
    CONSTRAINT "Customers_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Consignments" (
    "id" TEXT NOT NULL,
    "reference" TEXT NOT NULL,
    "customerId" TEXT,
    "originId" TEXT,
    "destinationId" TEXT,
    "state" "ConsignmentsState" NOT NULL DEFAULT 'NEW',
    "weight" DECIMAL(65,30) NOT NULL DEFAULT 0,
    "volume" DECIMAL(65,30) NOT NULL DEFAULT 0,
    "declared" DECIMAL(65,30) NOT NULL DEFAULT 0,
    "created" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL,
    
    CONSTRAINT "Consignments_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Parcels" (
    "id" TEXT NOT NULL,
    "consignmentId" TEXT,
    "barcode" TEXT NOT NULL,
    "weight" DECIMAL(65,30) NOT NULL DEFAULT 0,
    "isFragile" BOOLEAN NOT NULL DEFAULT false,
    "updatedAt" TIMESTAMP(3) NOT NULL,
    
    CONSTRAINT "Parcels_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Routes" (
    "id" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "depotId" TEXT,
    "runs" TIMESTAMP(3),
    "updatedAt" TIMESTAMP(3) NOT NULL,
    
    CONSTRAINT "Routes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Stops" (
    "id" TEXT NOT NULL,
    "routeId" TEXT,
    "depotId" TEXT,
    "position" INTEGER NOT NULL DEFAULT 0,
    "eta" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL,
    
    CONSTRAINT "Stops_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Trips" (
    "id" TEXT NOT NULL,
    "routeId" TEXT,
    "vehicleId" TEXT,
    "driverId" TEXT,
    "started" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "odometer" INTEGER NOT NULL DEFAULT 0,
    "updatedAt" TIMESTAMP(3) NOT NULL,
    
    CONSTRAINT "Trips_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Loads" (
    "id" TEXT NOT NULL,
    "tripId" TEXT,
    "parcelId" TEXT,
    "loaded" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "unloaded" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL,
    
    CONSTRAINT "Loads_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Scans" (
    "id" TEXT NOT NULL,
    "parcelId" TEXT,
    "depotId" TEXT,
    "kind" "ScansKind" NOT NULL DEFAULT 'IN',
    "at" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "device" TEXT,
    "updatedAt" TIMESTAMP(3) NOT NULL,
    
    CONSTRAINT "Scans_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Proofs" (
    "id" TEXT NOT NULL,
    "parcelId" TEXT,
    "signedBy" TEXT NOT NULL,
    "imageKey" TEXT,
    "at" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL,
    
    CONSTRAINT "Proofs_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Rates" (
    "id" TEXT NOT NULL,
    "customerId" TEXT,
    "zone" TEXT NOT NULL,
    "perKilo" DECIMAL(65,30) NOT NULL DEFAULT 0,
    "minimum" DECIMAL(65,30) NOT NULL DEFAULT 0,
    "starts" TIMESTAMP(3),
    "updatedAt" TIMESTAMP(3) NOT NULL,
    
    CONSTRAINT "Rates_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Invoices" (
    "id" TEXT NOT NULL,
    "customerId" TEXT,
    "number" TEXT NOT NULL,
    "total" DECIMAL(65,30) NOT NULL DEFAULT 0,
    "issued" TIMESTAMP(3),
    "due" TIMESTAMP(3),
    "updatedAt" TIMESTAMP(3) NOT NULL,
    
    CONSTRAINT "Invoices_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "InvoiceItems" (
    "id" TEXT NOT NULL,
    "invoiceId" TEXT,
    "consignmentId" TEXT,
    "amount" DECIMAL(65,30) NOT NULL DEFAULT 0,
    "updatedAt" TIMESTAMP(3) NOT NULL,
    
    CONSTRAINT "InvoiceItems_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Claims" (
    "id" TEXT NOT NULL,
    "consignmentId" TEXT,
    "amount" DECIMAL(65,30) NOT NULL DEFAULT 0,
    "body" TEXT,
    "state" "ClaimsState" NOT NULL DEFAULT 'OPEN',
    "updatedAt" TIMESTAMP(3) NOT NULL,
    
    CONSTRAINT "Claims_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "FuelCards" (
    "id" TEXT NOT NULL,
    "number" TEXT NOT NULL,
    "vehicleId" TEXT,
    "updatedAt" TIMESTAMP(3) NOT NULL,
    
    CONSTRAINT "FuelCards_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "FuelEntries" (
    "id" TEXT NOT NULL,
    "fuelCardId" TEXT,
    "litres" DECIMAL(65,30) NOT NULL DEFAULT 0,
    "amount" DECIMAL(65,30) NOT NULL DEFAULT 0,
    "at" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL,
    
    CONSTRAINT "FuelEntries_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ServicesDone" (
    "id" TEXT NOT NULL,
    "vehicleId" TEXT,
    "title" TEXT NOT NULL,
    "cost" DECIMAL(65,30) NOT NULL DEFAULT 0,
    "at" TIMESTAMP(3),
    "updatedAt" TIMESTAMP(3) NOT NULL,
    
    CONSTRAINT "ServicesDone_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Incidents" (
    "id" TEXT NOT NULL,
    "tripId" TEXT,
    "body" TEXT,
    "severity" "IncidentsSeverity" NOT NULL DEFAULT 'LOW',
    "at" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL,
    
    CONSTRAINT "Incidents_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Webhooks" (
    "id" TEXT NOT NULL,
    "customerId" TEXT,
    "url" TEXT NOT NULL,
    "secret" TEXT,
    "events" TEXT[],
    "isLive" BOOLEAN NOT NULL DEFAULT false,
    "updatedAt" TIMESTAMP(3) NOT NULL,
    
    CONSTRAINT "Webhooks_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "WebhookCalls" (
    "id" TEXT NOT NULL,
    "webhookId" TEXT,
    "event" TEXT NOT NULL,
    "body" JSONB,
    "code" INTEGER NOT NULL DEFAULT 0,
    "at" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL,
    
    CONSTRAINT "WebhookCalls_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "Companies_vat_key" ON "Companies"("vat");

-- CreateIndex
CREATE UNIQUE INDEX "Depots_code_key" ON "Depots"("code");

-- CreateIndex
CREATE UNIQUE INDEX "Vehicles_plate_key" ON "Vehicles"("plate");

-- CreateIndex
CREATE UNIQUE INDEX "Drivers_license_key" ON "Drivers"("license");

-- CreateIndex
CREATE UNIQUE INDEX "Customers_number_key" ON "Customers"("number");

-- CreateIndex
CREATE UNIQUE INDEX "Consignments_reference_key" ON "Consignments"("reference");

-- CreateIndex
CREATE INDEX "Consignments_created_idx" ON "Consignments"("created");

-- CreateIndex
CREATE UNIQUE INDEX "Parcels_barcode_key" ON "Parcels"("barcode");

-- CreateIndex
CREATE UNIQUE INDEX "Routes_code_key" ON "Routes"("code");

-- CreateIndex
CREATE INDEX "Stops_eta_idx" ON "Stops"("eta");

-- CreateIndex
CREATE INDEX "Trips_started_idx" ON "Trips"("started");

-- CreateIndex
CREATE INDEX "Trips_ended_idx" ON "Trips"("ended");

-- CreateIndex
CREATE INDEX "Loads_loaded_idx" ON "Loads"("loaded");

-- CreateIndex
CREATE INDEX "Loads_unloaded_idx" ON "Loads"("unloaded");

-- CreateIndex
CREATE INDEX "Scans_at_idx" ON "Scans"("at");

-- CreateIndex
CREATE INDEX "Proofs_at_idx" ON "Proofs"("at");

-- CreateIndex
CREATE UNIQUE INDEX "Invoices_number_key" ON "Invoices"("number");

-- CreateIndex
CREATE UNIQUE INDEX "FuelCards_number_key" ON "FuelCards"("number");

-- CreateIndex
CREATE INDEX "FuelEntries_at_idx" ON "FuelEntries"("at");

-- CreateIndex
CREATE INDEX "Incidents_at_idx" ON "Incidents"("at");

-- CreateIndex
CREATE INDEX "WebhookCalls_at_idx" ON "WebhookCalls"("at");

-- AddForeignKey
ALTER TABLE "Depots" ADD CONSTRAINT "Depots_companyId_fkey" FOREIGN KEY ("companyId") REFERENCES "Companies"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Vehicles" ADD CONSTRAINT "Vehicles_companyId_fkey" FOREIGN KEY ("companyId") REFERENCES "Companies"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Drivers" ADD CONSTRAINT "Drivers_companyId_fkey" FOREIGN KEY ("companyId") REFERENCES "Companies"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Consignments" ADD CONSTRAINT "Consignments_customerId_fkey" FOREIGN KEY ("customerId") REFERENCES "Customers"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Consignments" ADD CONSTRAINT "Consignments_originId_fkey" FOREIGN KEY ("originId") REFERENCES "Depots"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Consignments" ADD CONSTRAINT "Consignments_destinationId_fkey" FOREIGN KEY ("destinationId") REFERENCES "Depots"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Parcels" ADD CONSTRAINT "Parcels_consignmentId_fkey" FOREIGN KEY ("consignmentId") REFERENCES "Consignments"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Routes" ADD CONSTRAINT "Routes_depotId_fkey" FOREIGN KEY ("depotId") REFERENCES "Depots"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Stops" ADD CONSTRAINT "Stops_routeId_fkey" FOREIGN KEY ("routeId") REFERENCES "Routes"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Stops" ADD CONSTRAINT "Stops_depotId_fkey" FOREIGN KEY ("depotId") REFERENCES "Depots"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Trips" ADD CONSTRAINT "Trips_routeId_fkey" FOREIGN KEY ("routeId") REFERENCES "Routes"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Trips" ADD CONSTRAINT "Trips_vehicleId_fkey" FOREIGN KEY ("vehicleId") REFERENCES "Vehicles"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Trips" ADD CONSTRAINT "Trips_driverId_fkey" FOREIGN KEY ("driverId") REFERENCES "Drivers"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Loads" ADD CONSTRAINT "Loads_tripId_fkey" FOREIGN KEY ("tripId") REFERENCES "Trips"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Loads" ADD CONSTRAINT "Loads_parcelId_fkey" FOREIGN KEY ("parcelId") REFERENCES "Parcels"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Scans" ADD CONSTRAINT "Scans_parcelId_fkey" FOREIGN KEY ("parcelId") REFERENCES "Parcels"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Scans" ADD CONSTRAINT "Scans_depotId_fkey" FOREIGN KEY ("depotId") REFERENCES "Depots"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Proofs" ADD CONSTRAINT "Proofs_parcelId_fkey" FOREIGN KEY ("parcelId") REFERENCES "Parcels"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Rates" ADD CONSTRAINT "Rates_customerId_fkey" FOREIGN KEY ("customerId") REFERENCES "Customers"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Invoices" ADD CONSTRAINT "Invoices_customerId_fkey" FOREIGN KEY ("customerId") REFERENCES "Customers"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "InvoiceItems" ADD CONSTRAINT "InvoiceItems_invoiceId_fkey" FOREIGN KEY ("invoiceId") REFERENCES "Invoices"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "InvoiceItems" ADD CONSTRAINT "InvoiceItems_consignmentId_fkey" FOREIGN KEY ("consignmentId") REFERENCES "Consignments"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Claims" ADD CONSTRAINT "Claims_consignmentId_fkey" FOREIGN KEY ("consignmentId") REFERENCES "Consignments"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "FuelCards" ADD CONSTRAINT "FuelCards_vehicleId_fkey" FOREIGN KEY ("vehicleId") REFERENCES "Vehicles"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "FuelEntries" ADD CONSTRAINT "FuelEntries_fuelCardId_fkey" FOREIGN KEY ("fuelCardId") REFERENCES "FuelCards"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ServicesDone" ADD CONSTRAINT "ServicesDone_vehicleId_fkey" FOREIGN KEY ("vehicleId") REFERENCES "Vehicles"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Incidents" ADD CONSTRAINT "Incidents_tripId_fkey" FOREIGN KEY ("tripId") REFERENCES "Trips"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Webhooks" ADD CONSTRAINT "Webhooks_customerId_fkey" FOREIGN KEY ("customerId") REFERENCES "Customers"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "WebhookCalls" ADD CONSTRAINT "WebhookCalls_webhookId_fkey" FOREIGN KEY ("webhookId") REFERENCES "Webhooks"("id") ON DELETE SET NULL ON UPDATE CASCADE;
