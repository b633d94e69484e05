package io.jenkins.plugins.imagefactory.jenkins.result;

/**
 * What an operation made of its parameters. The names of the components are the keys that Pipelines read: they are added to,
 * and never changed. A result that is a component of another one lends it its own keys.
 */
public sealed interface OperationResult
        permits BootedImage,
                BuiltDiskImages,
                ConvertedImage,
                DeletedStack,
                DownloadedImage,
                ImageInGlance,
                LaunchedStack,
                PackerRun,
                PrunedImages,
                RenderedTemplates,
                SharedImage,
                UploadedImage,
                ValidatedTemplate {}
