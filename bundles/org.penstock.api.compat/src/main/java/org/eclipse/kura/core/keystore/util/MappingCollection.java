package org.eclipse.kura.core.keystore.util;

import java.util.Collection;
import java.util.Iterator;
import java.util.function.Function;

/** An unmodifiable view of a collection, each element through a function. */
public class MappingCollection<T, U> implements Collection<U> {

  private final Collection<T> source;
  private final Function<T, U> mapping;

  public MappingCollection(Collection<T> source, Function<T, U> mapping) {
    this.source = source;
    this.mapping = mapping;
  }

  @Override
  public int size() {
    return source.size();
  }

  @Override
  public boolean isEmpty() {
    return source.isEmpty();
  }

  @Override
  public boolean contains(Object element) {
    return source.stream()
        .map(mapping)
        .anyMatch(e -> e == null ? element == null : e.equals(element));
  }

  @Override
  public Iterator<U> iterator() {
    Iterator<T> elements = source.iterator();
    return new Iterator<U>() {
      @Override
      public boolean hasNext() {
        return elements.hasNext();
      }

      @Override
      public U next() {
        return mapping.apply(elements.next());
      }
    };
  }

  @Override
  public Object[] toArray() {
    return source.stream().map(mapping).toArray();
  }

  @Override
  public <V> V[] toArray(V[] array) {
    return source.stream().map(mapping).toList().toArray(array);
  }

  private static UnsupportedOperationException unmodifiable() {
    return new UnsupportedOperationException("a view cannot be changed; change its source");
  }

  @Override
  public boolean add(U element) {
    throw unmodifiable();
  }

  @Override
  public boolean remove(Object element) {
    throw unmodifiable();
  }

  @Override
  public boolean containsAll(Collection<?> elements) {
    return elements.stream().allMatch(this::contains);
  }

  @Override
  public boolean addAll(Collection<? extends U> elements) {
    throw unmodifiable();
  }

  @Override
  public boolean removeAll(Collection<?> elements) {
    throw unmodifiable();
  }

  @Override
  public boolean retainAll(Collection<?> elements) {
    throw unmodifiable();
  }

  @Override
  public void clear() {
    throw unmodifiable();
  }
}
