/** Exports for a CDK app of one's own, `meta-conversions-pipeline/cdk`. The files behind it may move without breaking a user. */
export { bundlesFor } from './bundles-for.ts';
export { ConversionsPipeline, type ConversionsPipelineProps } from './constructs/conversions-pipeline.ts';
export { fromConfiguration } from './from-configuration.ts';
