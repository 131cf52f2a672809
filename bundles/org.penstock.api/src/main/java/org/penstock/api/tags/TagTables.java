package org.penstock.api.tags;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Collection;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Imports and exports channels as tables, one row for each channel. The first row holds the names of
 * the columns: {@code asset}; {@code driver.pid} for assets that are to be made; Kura's columns
 * {@code name, enabled, type, value.type, scaleoffset.type, scale, offset, unit, listen}; those of
 * {@code write.*}; and the driver's own attributes. Every cell is checked before anything is changed.
 * Calls take as long as they take, in the caller's thread; one at a time is served.
 */
@ProviderType
public interface TagTables {

  /**
   * Imports a table.
   *
   * @throws IOException when it cannot be read as that format at all
   */
  TagReport importTable(InputStream table, TableFormat format, ImportOptions options)
      throws IOException;

  /**
   * Imports one device type for many instances. Cells of the table of channels may hold {@code
   * ${column}} for columns of the table of instances, which has a column {@code asset}; for each
   * instance all channels are made. Rows in problems are those of the table of channels, and the
   * text names the instance's row.
   *
   * @throws IOException when a table cannot be read as that format at all
   */
  TagReport importTemplate(
      InputStream channels, InputStream instances, TableFormat format, ImportOptions options)
      throws IOException;

  /**
   * Exports all channels of these assets; what is exported can be imported again.
   *
   * @param assets kura.service.pids; all assets when empty
   * @throws IllegalArgumentException when one is not there
   */
  void exportTable(Collection<String> assets, TableFormat format, OutputStream out)
      throws IOException;
}
