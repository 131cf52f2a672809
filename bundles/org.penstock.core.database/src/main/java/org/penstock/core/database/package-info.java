/** H2 files behind Kura's database services and wire record stores. */
package org.penstock.core.database;
