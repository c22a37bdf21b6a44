export { kafkaConsumer } from "./kafka-consumer.ts";
export { type KafkaConsumer, type KafkaOptions, makeKafkaCollector } from "./collector.ts";
