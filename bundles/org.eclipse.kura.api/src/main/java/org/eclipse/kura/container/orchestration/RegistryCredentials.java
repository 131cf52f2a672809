package org.eclipse.kura.container.orchestration;

/** What a registry of images asks to let somebody in. */
public interface RegistryCredentials {}
