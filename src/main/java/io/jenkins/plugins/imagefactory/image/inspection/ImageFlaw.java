package io.jenkins.plugins.imagefactory.image.inspection;

/** An image is not sound; the message is the rest of a sentence that the file begins. */
final class ImageFlaw extends Exception {
    private static final long serialVersionUID = 1L;

    ImageFlaw(String message) {
        super(message, null, false, false);
    }

    static void require(boolean holds, String otherwise) throws ImageFlaw {
        if (!holds) {
            throw new ImageFlaw(otherwise);
        }
    }
}
