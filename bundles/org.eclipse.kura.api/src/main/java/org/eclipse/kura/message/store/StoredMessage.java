package org.eclipse.kura.message.store;

import java.util.Arrays;
import java.util.Date;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.kura.data.DataTransportToken;
import org.osgi.annotation.versioning.ProviderType;

/** A message in the store, with when it was published and confirmed. */
@ProviderType
public class StoredMessage {

  private final int id;
  private final String topic;
  private final int qos;
  private final boolean retain;
  private final int priority;
  private final byte[] payload;
  private final Optional<Date> createdOn;
  private final Optional<Date> publishedOn;
  private final Optional<Date> confirmedOn;
  private final Optional<Date> droppedOn;
  private final Optional<DataTransportToken> dataTransportToken;

  private StoredMessage(Builder builder) {
    id = builder.id;
    topic = builder.topic;
    qos = builder.qos;
    retain = builder.retain;
    priority = builder.priority;
    payload = builder.payload;
    createdOn = Optional.ofNullable(builder.createdOn);
    publishedOn = Optional.ofNullable(builder.publishedOn);
    confirmedOn = Optional.ofNullable(builder.confirmedOn);
    droppedOn = Optional.ofNullable(builder.droppedOn);
    dataTransportToken = Optional.ofNullable(builder.dataTransportToken);
  }

  public int getId() {
    return id;
  }

  public String getTopic() {
    return topic;
  }

  public int getQos() {
    return qos;
  }

  public boolean isRetain() {
    return retain;
  }

  public int getPriority() {
    return priority;
  }

  public byte[] getPayload() {
    return payload;
  }

  public Optional<Date> getCreatedOn() {
    return createdOn;
  }

  public Optional<Date> getPublishedOn() {
    return publishedOn;
  }

  public Optional<Date> getConfirmedOn() {
    return confirmedOn;
  }

  public Optional<Date> getDroppedOn() {
    return droppedOn;
  }

  public Optional<DataTransportToken> getDataTransportToken() {
    return dataTransportToken;
  }

  @Override
  public int hashCode() {
    return Objects.hash(
        id,
        topic,
        qos,
        retain,
        priority,
        Arrays.hashCode(payload),
        createdOn,
        publishedOn,
        confirmedOn,
        droppedOn,
        dataTransportToken);
  }

  @Override
  public boolean equals(Object object) {
    if (this == object) {
      return true;
    }
    if (object == null || getClass() != object.getClass()) {
      return false;
    }
    StoredMessage other = (StoredMessage) object;
    return id == other.id
        && qos == other.qos
        && retain == other.retain
        && priority == other.priority
        && Objects.equals(topic, other.topic)
        && Arrays.equals(payload, other.payload)
        && createdOn.equals(other.createdOn)
        && publishedOn.equals(other.publishedOn)
        && confirmedOn.equals(other.confirmedOn)
        && droppedOn.equals(other.droppedOn)
        && dataTransportToken.equals(other.dataTransportToken);
  }

  @Override
  public String toString() {
    return "StoredMessage [id="
        + id
        + ", topic="
        + topic
        + ", qos="
        + qos
        + ", priority="
        + priority
        + "]";
  }

  /** Collects the parts of a stored message. */
  @ProviderType
  public static class Builder {

    private final int id;
    private String topic;
    private int qos;
    private boolean retain;
    private int priority;
    private byte[] payload;
    private Date createdOn;
    private Date publishedOn;
    private Date confirmedOn;
    private Date droppedOn;
    private DataTransportToken dataTransportToken;

    public Builder(int id) {
      this.id = id;
    }

    public Builder withTopic(String topic) {
      this.topic = topic;
      return this;
    }

    public Builder withQos(int qos) {
      this.qos = qos;
      return this;
    }

    public Builder withRetain(boolean retain) {
      this.retain = retain;
      return this;
    }

    public Builder withCreatedOn(Date createdOn) {
      this.createdOn = createdOn;
      return this;
    }

    public Builder withPublishedOn(Date publishedOn) {
      this.publishedOn = publishedOn;
      return this;
    }

    public Builder withConfirmedOn(Date confirmedOn) {
      this.confirmedOn = confirmedOn;
      return this;
    }

    public Builder withPayload(byte[] payload) {
      this.payload = payload;
      return this;
    }

    public Builder withPriority(int priority) {
      this.priority = priority;
      return this;
    }

    public Builder withDataTransportToken(DataTransportToken dataTransportToken) {
      this.dataTransportToken = dataTransportToken;
      return this;
    }

    public Builder withDroppedOn(Date droppedOn) {
      this.droppedOn = droppedOn;
      return this;
    }

    public StoredMessage build() {
      return new StoredMessage(this);
    }
  }
}
